package org.anatomicalpriors.command;

import ij.ImagePlus;
import java.io.BufferedReader;
import java.io.Reader;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import javax.script.AbstractScriptEngine;
import javax.script.Bindings;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import javax.script.SimpleBindings;
import org.scijava.Context;
import org.scijava.plugin.PluginIndex;
import org.scijava.plugin.PluginInfo;
import org.scijava.script.AbstractScriptLanguage;
import org.scijava.script.AdaptedScriptLanguage;
import org.scijava.script.ScriptLanguage;
import org.scijava.script.ScriptService;
import org.scijava.service.Service;

/**
 * A context with Fiji's script languages: the engines are the real ones, the thin adapters to
 * SciJava, which are not on Maven Central, are written after Fiji's.
 */
public final class ScriptLanguages {

  private ScriptLanguages() {}

  public static Context context() {
    final PluginIndex index = new PluginIndex();
    index.discover();
    index.add(new PluginInfo<>(Jython.class, ScriptLanguage.class));
    index.add(new PluginInfo<>(Groovy.class, ScriptLanguage.class));
    index.add(new PluginInfo<>(Macro.class, ScriptLanguage.class));
    final Context context = new Context(Context.serviceClassList(Service.class), index);
    context.service(ScriptService.class).addAlias(ImagePlus.class);
    LegacyBridge.installWithoutScreen(context);
    return context;
  }

  public static final class Jython extends AdaptedScriptLanguage {
    public Jython() {
      super("jython");
    }
  }

  public static final class Groovy extends AdaptedScriptLanguage {
    public Groovy() {
      super("groovy");
    }
  }

  /** ImageJ's macros, which get the parameters as variables. */
  public static final class Macro extends AbstractScriptLanguage {
    @Override
    public String getLanguageName() {
      return "IJ1 Macro";
    }

    @Override
    public List<String> getExtensions() {
      return Collections.singletonList("ijm");
    }

    @Override
    public ScriptEngine getScriptEngine() {
      return new MacroEngine();
    }
  }

  private static final class MacroEngine extends AbstractScriptEngine {
    @Override
    public Object eval(final String script, final ScriptContext context) {
      final String variables =
          context.getBindings(ScriptContext.ENGINE_SCOPE).entrySet().stream()
              .filter(e -> e.getKey().matches("[a-zA-Z]\\w*") && e.getValue() != null)
              .map(e -> e.getKey() + " = " + literal(e.getValue()) + ";\n")
              .collect(Collectors.joining());
      return LegacyBridge.replay(variables + script);
    }

    private static String literal(final Object value) {
      return value instanceof Number
          ? value.toString()
          : '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public Object eval(final Reader reader, final ScriptContext context) {
      return eval(new BufferedReader(reader).lines().collect(Collectors.joining("\n")), context);
    }

    @Override
    public Bindings createBindings() {
      return new SimpleBindings();
    }

    @Override
    public ScriptEngineFactory getFactory() {
      return null;
    }
  }
}
