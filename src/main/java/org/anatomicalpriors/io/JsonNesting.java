package org.anatomicalpriors.io;

import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;

/** Refuses JSON that is nested so deeply that reading it could exhaust the stack. */
final class JsonNesting {

  /** Descriptions need 5, and 2 more for each prior that another was made of. */
  private static final int DEEPEST = 64;

  private JsonNesting() {}

  /** The text itself, if it is nested no deeper than any of ours. */
  static String checked(final String json) {
    final JsonReader reader = new JsonReader(new StringReader(json));
    reader.setLenient(true); // as Gson reads
    try {
      int depth = 0;
      for (JsonToken t = reader.peek(); t != JsonToken.END_DOCUMENT; t = reader.peek()) {
        if (t == JsonToken.BEGIN_ARRAY) reader.beginArray();
        else if (t == JsonToken.BEGIN_OBJECT) reader.beginObject();
        else if (t == JsonToken.END_ARRAY) reader.endArray();
        else if (t == JsonToken.END_OBJECT) reader.endObject();
        else if (t == JsonToken.NAME) reader.nextName();
        else reader.skipValue();
        if (t == JsonToken.BEGIN_ARRAY || t == JsonToken.BEGIN_OBJECT) depth++;
        if (t == JsonToken.END_ARRAY || t == JsonToken.END_OBJECT) depth--;
        if (depth > DEEPEST) throw new JsonParseException("nested more than " + DEEPEST + " times");
      }
      return json;
    } catch (final IOException | IllegalStateException e) {
      throw new JsonParseException(e);
    }
  }
}
