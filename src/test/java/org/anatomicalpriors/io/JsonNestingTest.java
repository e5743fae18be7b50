package org.anatomicalpriors.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNestingTest {

  @Test
  void usualTextPasses() {
    final String json =
        "{\"a\": [1, 2.5, NaN, null, true, {\"b\": \"[[[\"}], \"c\": "
            + "[".repeat(60)
            + "]".repeat(60)
            + "}";
    assertEquals(json, JsonNesting.checked(json));
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 100_000})
  void deepTextIsRefused(final int depth) {
    final String arrays = "[".repeat(depth) + "]".repeat(depth);
    assertThrows(JsonParseException.class, () -> JsonNesting.checked(arrays));
    final String objects = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    assertThrows(JsonParseException.class, () -> JsonNesting.checked(objects));
    // Gson reads single quotes, too: what looks like a string here is none.
    assertThrows(
        JsonParseException.class, () -> JsonNesting.checked("['\"', " + arrays + ", '\"']"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "]", "{\"a\"}", "[1", "\"open", "{\"a\":1]"})
  void brokenTextIsRefused(final String text) {
    assertThrows(JsonParseException.class, () -> JsonNesting.checked(text));
  }
}
