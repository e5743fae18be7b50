package org.anatomicalpriors.command;

import static org.anatomicalpriors.fiji.FijiStudy.prior;
import static org.anatomicalpriors.fiji.FijiStudy.volume;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scijava.Cancelable;
import org.scijava.command.CommandModule;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.module.event.ModuleStartedEvent;
import org.scijava.task.Task;
import org.scijava.task.event.TaskEvent;

/** Work that would take hours ends at once when somebody asks for it, and leaves nothing behind. */
class CancelTest {

  /** Far more than stopping takes, far less than the work. */
  private static final int PATIENCE_SECONDS = 10;

  private Fiji fiji;
  private final CountDownLatch working = new CountDownLatch(1);
  private volatile Task task;
  private volatile Cancelable module;

  @BeforeEach
  void start() {
    fiji = new Fiji();
    fiji.context.service(EventService.class).subscribe(this);
  }

  @AfterEach
  void end() {
    fiji.close();
  }

  @EventHandler
  void onEvent(final TaskEvent e) {
    final String status = e.getTask().getStatusMessage();
    if (status == null || !status.startsWith("Refining")) return;
    task = e.getTask();
    working.countDown();
  }

  @EventHandler
  void onEvent(final ModuleStartedEvent e) {
    module = (Cancelable) e.getModule();
  }

  private void cancelled(final BiConsumer<Task, Cancelable> cancel) throws Exception {
    fiji.run(SegmentImageCommand.class, "image", volume(1), "model", prior(), "threads", 2);
    final Set<String> files = temporary();
    final Future<CommandModule> future =
        fiji.start(
            SegmentImageCommand.class,
            "image",
            volume(1),
            "model",
            prior(),
            "threads",
            2,
            "refine",
            100_000);
    assertTrue(working.await(60, TimeUnit.SECONDS));
    cancel.accept(task, module);
    final CommandModule ended = future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertTrue(ended.isCanceled());
    assertNotNull(ended.getCancelReason());
    assertNull(ended.getOutput("labels"));
    assertTrue(task.isDone());
    assertEquals(files, temporary());
    for (final Map.Entry<Thread, StackTraceElement[]> t : Thread.getAllStackTraces().entrySet())
      if (t.getKey() != Thread.currentThread())
        for (final StackTraceElement frame : t.getValue())
          assertTrue(
              !frame.getClassName().startsWith("org.anatomicalpriors."),
              t.getKey() + " is still in " + frame);
  }

  private static Set<String> temporary() {
    final Set<String> names = new TreeSet<>();
    for (final String name : new File(System.getProperty("java.io.tmpdir")).list())
      if (name.startsWith("anatomical-priors-")) names.add(name);
    return names;
  }

  @Test
  void theTaskCancelsTheCommand() throws Exception {
    cancelled((t, m) -> t.cancel("enough"));
  }

  @Test
  void theModuleCancelsTheCommand() throws Exception {
    cancelled((t, m) -> m.cancel("enough"));
  }
}
