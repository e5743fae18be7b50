package org.anatomicalpriors.command;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.Menus;
import ij.plugin.PlugIn;
import ij.plugin.frame.Recorder;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ExecutionException;
import org.scijava.Context;
import org.scijava.ItemVisibility;
import org.scijava.Priority;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.convert.ConvertService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.module.process.AbstractPostprocessorPlugin;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;
import org.scijava.plugin.SciJavaPlugin;
import org.scijava.widget.InputHarvester;

/**
 * What Fiji's legacy layer does between ImageJ's macros and SciJava's commands, in the same order:
 * the active image fills a single image input, a macro's options fill the inputs that they name,
 * the dialog fills the others, and what was not known before the dialog is recorded. Macros run in
 * ImageJ's own interpreter.
 */
public final class LegacyBridge {

  /** What a person chooses in the dialog, by input. */
  static final Map<String, Object> DIALOG = new HashMap<>();

  /** Open images; the first is the active one. */
  static final List<ImagePlus> IMAGES = new ArrayList<>();

  private static Context context;
  private static String options;
  private static String recorded;
  private static Module last;
  private static Throwable failure;
  private static boolean asked;

  private LegacyBridge() {}

  /** Puts the layer into a context and the context's commands into ImageJ's menus. */
  static void install(final Context c) {
    installWithoutScreen(c);
    add(RecorderStart.class, PreprocessorPlugin.class, Priority.VERY_HIGH + 1);
    add(Dialog.class, PreprocessorPlugin.class, InputHarvester.PRIORITY);
    add(RecorderEnd.class, PostprocessorPlugin.class, Priority.VERY_LOW);
  }

  /** As {@link #install} without dialogs and recorder. */
  static void installWithoutScreen(final Context c) {
    context = c;
    add(MacroOptions.class, PreprocessorPlugin.class, 2 * Priority.VERY_HIGH);
    add(ActiveImage.class, PreprocessorPlugin.class, Priority.VERY_HIGH + 2);
    makeCommandTable();
    for (final CommandInfo info : c.service(CommandService.class).getCommands())
      if (info instanceof SettingCommandInfo)
        Menus.getCommands()
            .put(
                info.getMenuPath().getLeaf().getName(),
                MacroPlugIn.class.getName() + "(\"" + info.getClassName() + "\")");
  }

  /** ImageJ alone, other than Fiji, makes its table of commands only where menus can be drawn. */
  private static void makeCommandTable() {
    if (Menus.getCommands() != null) return;
    try {
      final Field table = Menus.class.getDeclaredField("pluginsTable");
      table.setAccessible(true);
      table.set(null, new Hashtable<String, String>());
    } catch (final ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <P extends SciJavaPlugin> void add(
      final Class<? extends P> type, final Class<P> kind, final double priority) {
    final PluginInfo<P> info = new PluginInfo<>(type, kind);
    info.setPriority(priority);
    context.service(PluginService.class).addPlugin(info);
  }

  /** Runs a command as its menu entry does; the dialog is filled from {@link #DIALOG}. */
  static Module choose(final Class<?> command) {
    options = null;
    return run(command.getName());
  }

  /** What the recorder wrote for the last command that was not run by a macro. */
  static String recorded() {
    return recorded;
  }

  /** Runs a macro; the last command's run. Fails if a dialog would have come up. */
  static Module replay(final String macro) {
    last = null;
    failure = null;
    asked = false;
    final Thread thread = Thread.currentThread();
    final String name = thread.getName();
    thread.setName("Run$_" + name + "Macro$");
    try {
      final String result = IJ.runMacro(macro);
      if ("[aborted]".equals(result) || failure != null)
        throw new AssertionError("the macro was aborted: " + macro, failure);
    } finally {
      thread.setName(name);
    }
    if (last == null) throw new AssertionError("nothing was run by " + macro);
    if (asked) throw new AssertionError("a dialog came up in " + macro);
    return last;
  }

  private static Module run(final String className) {
    final CommandInfo info = context.service(CommandService.class).getCommand(className);
    try {
      return context.service(ModuleService.class).run(info, true).get();
    } catch (final InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /** The menu entry as a macro calls it. */
  public static final class MacroPlugIn implements PlugIn {
    @Override
    public void run(final String className) {
      options = Macro.getOptions() == null ? "" : Macro.getOptions();
      try {
        last = LegacyBridge.run(className);
      } catch (final AssertionError e) {
        failure = e;
      } finally {
        options = null;
      }
    }
  }

  /** Inputs that a macro's options name get their values. */
  public static final class MacroOptions extends AbstractPreprocessorPlugin {
    @Parameter private ConvertService converts;

    @Override
    public void process(final Module module) {
      if (options == null) return;
      for (final ModuleItem<?> input : module.getInfo().inputs()) {
        final String value = Macro.getValue(options, input.getName(), null);
        if (value == null) continue;
        final Object converted =
            input.getType() == ImagePlus.class
                ? titled(value)
                : converts.convert(value, input.getType());
        if (converted == null) continue;
        module.setInput(input.getName(), converted);
        module.resolveInput(input.getName());
      }
    }

    private static ImagePlus titled(final String title) {
      return IMAGES.stream().filter(i -> i.getTitle().equals(title)).findFirst().orElse(null);
    }
  }

  /** The active image fills the input, if there is but one for an image. */
  public static final class ActiveImage extends AbstractPreprocessorPlugin {
    @Parameter private ModuleService modules;

    @Override
    public void process(final Module module) {
      final ModuleItem<ImagePlus> input = modules.getSingleInput(module, ImagePlus.class);
      if (input == null || IMAGES.isEmpty()) return;
      module.setInput(input.getName(), IMAGES.get(0));
      module.resolveInput(input.getName());
    }
  }

  private static final Map<Module, Set<String>> KNOWN = new WeakHashMap<>();

  /** Inputs that have their values by now are not recorded. */
  public static final class RecorderStart extends AbstractPreprocessorPlugin {
    @Override
    public void process(final Module module) {
      if (options != null) return;
      final Set<String> known = new HashSet<>();
      for (final ModuleItem<?> input : module.getInfo().inputs())
        if (module.isInputResolved(input.getName())) known.add(input.getName());
      KNOWN.put(module, known);
    }
  }

  /** The dialog: asks for everything that has no value yet. */
  public static final class Dialog extends AbstractPreprocessorPlugin {
    @Override
    public void process(final Module module) {
      for (final ModuleItem<?> input : module.getInfo().inputs()) {
        final String name = input.getName();
        if (module.isInputResolved(name)) continue;
        asked |= options != null;
        if (DIALOG.containsKey(name)) module.setInput(name, DIALOG.get(name));
        module.resolveInput(name);
      }
    }
  }

  /** Writes the call that repeats the command. */
  public static final class RecorderEnd extends AbstractPostprocessorPlugin {
    @Override
    public void process(final Module module) {
      if (options != null) return;
      final StringBuilder call = new StringBuilder();
      for (final ModuleItem<?> input : module.getInfo().inputs()) {
        if (KNOWN.get(module).contains(input.getName())
            || input.getVisibility() != ItemVisibility.NORMAL) continue;
        final Object value = module.getInput(input.getName());
        if (value == null) continue;
        final String text =
            value instanceof ImagePlus ? ((ImagePlus) value).getTitle() : value.toString();
        call.append(call.length() == 0 ? "" : " ").append(option(input.getName(), text));
      }
      recorded =
          "run(\""
              + module.getInfo().getMenuPath().getLeaf().getName()
              + "\", \""
              + call
              + "\");\n";
    }

    /** Spelt by ImageJ's own recorder. */
    private static String option(final String key, final String value) {
      final String before = Recorder.getCommandOptions();
      Recorder.recordOption(escaped(key), escaped(value));
      final String after = Recorder.getCommandOptions();
      return after.substring(before == null ? 0 : before.length() + 1);
    }

    private static String escaped(final String text) {
      return text.replace("\\", "\\\\")
          .replace("\"", "\\\"")
          .replace("\n", "\\n")
          .replace("\t", "\\t");
    }
  }
}
