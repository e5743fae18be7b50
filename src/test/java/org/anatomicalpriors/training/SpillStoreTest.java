package org.anatomicalpriors.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillStoreTest {

  @TempDir Path folder;

  private SpillStore<byte[]> store(final long most) {
    return new SpillStore<>(StoredMap.INDICES, folder.resolve("target"), most);
  }

  private static byte[] map(final int number) {
    final byte[] map = new byte[1000 + number];
    new Random(number).nextBytes(map);
    for (int i = 0; i < map.length; i++) map[i] &= 3;
    return map;
  }

  @Test
  void whatFitsStaysAndAllElseIsRead() {
    try (SpillStore<byte[]> store = store(3500)) {
      final List<Supplier<byte[]>> got = new ArrayList<>();
      for (int i = 0; i < 20; i++) got.add(store.add(map(i)));
      assertEquals(1000 + 1001 + 1002, store.held());
      final List<String> told = new ArrayList<>();
      store.tell("label maps", 20, ToyData.log(told));
      assertEquals(1, told.size());
      assertTrue(
          told.get(0)
              .startsWith("17 of 20 label maps are read from a temporary file of 0.0 MB, as"),
          told.get(0));
      assertEquals(1019, store.largest());
      assertSame(got.get(2).get(), got.get(2).get());
      assertNotSame(got.get(3).get(), got.get(3).get());
      IntStream.range(0, 2000)
          .parallel()
          .forEach(i -> assertArrayEquals(map(i * 7 % 20), got.get(i * 7 % 20).get()));
    }
  }

  @Test
  void noFileIsMadeWhereAllFits() {
    final SpillStore<byte[]> store =
        new SpillStore<>(StoredMap.INDICES, Path.of("no", "such", "folder"), 1 << 20);
    store.add(map(1));
    assertFalse(store.isOnDisk());
    store.tell("label maps", 1, null); // nothing to tell
    store.close();
  }

  /** An interrupt, by which a cancelled pool stops its threads, must not spoil it for others. */
  @Test
  void anInterruptedThreadReadsAsWell() {
    try (SpillStore<byte[]> store = store(0)) {
      final Supplier<byte[]> first = store.add(map(1));
      Thread.currentThread().interrupt();
      final byte[] read = first.get();
      Thread.interrupted();
      assertArrayEquals(map(1), read);
      assertArrayEquals(map(1), first.get());
    }
  }
}
