package org.anatomicalpriors.fuzzing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.anatomicalpriors.io.LabelSetCsv;

/** Label tables. */
final class LabelSetSource implements Source {

  private static final List<String> TABLES =
      List.of(
          "id,name\n1,a\n2,b\n",
          "\uFEFFID,Color,NAME,Merge,group,mirror\r\n5,#FF8001,\"left, upper\",15 25;35,grey,6\r\n6,,right,,,\r\n",
          "id,name,color,merge,group,mirror\n0,nothing,#000000,,nothing,\n10,Left-Thalamus,#112233,11 12,Thalamus,49\n49,Right-Thalamus,,,Thalamus,10\n",
          "id,structure,source_ids\n1,a,2 3\n2,b,17 1\n",
          "id,name\n1,Left-Thalamus\n2,Right-Thalamus\n3,brain-stem\n4,left x\n");

  static {
    // It says what it left aside, which would be thousands of lines.
    System.setProperty("org.slf4j.simpleLogger.log.org.anatomicalpriors.io.LabelSetTable", "error");
  }

  /** Beside buffers: rows of cells, each with names and sets of its own. */
  private static final long BASE = 1 << 18;

  private static final long PER_BYTE = 100;

  @Override
  public String name() {
    return "label set";
  }

  @Override
  public Input input(final SplittableRandom random) {
    final String table = TABLES.get(random.nextInt(TABLES.size()));
    final String other = TABLES.get(random.nextInt(TABLES.size()));
    byte[] bytes =
        (random.nextInt(4) == 0 ? table : TextMutator.mutate(table, other, random))
            .getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(3) == 0)
      bytes = ByteMutator.mutate(bytes, other.getBytes(StandardCharsets.UTF_8), random);
    return new Input().with("labels.csv", bytes);
  }

  @Override
  public void read(final Path file) {
    LabelSetCsv.open(file.toString());
  }

  @Override
  public long mostMemory(final Input input) {
    return BASE + PER_BYTE * input.size();
  }
}
