package org.anatomicalpriors.fuzzing;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Damages what a JSON text says, so that it stays JSON: other values, fields left out, nesting. */
final class JsonMutator {

  private static final Gson GSON =
      new GsonBuilder().serializeSpecialFloatingPointValues().serializeNulls().create();
  private static final int MOST_STEPS = 3;
  private static final int DEEPEST = 6_000;

  private JsonMutator() {}

  static String mutate(final String json, final SplittableRandom random) {
    final JsonElement tree = GSON.fromJson(json, JsonElement.class);
    String nested = null;
    for (int steps = 1 + random.nextInt(MOST_STEPS); steps > 0; steps--) {
      final List<JsonElement> places = new ArrayList<>();
      collect(tree, places);
      if (places.isEmpty()) break;
      final JsonElement place = places.get(random.nextInt(places.size()));
      // Gson's own writer could not write it: a mark stands for it until then.
      final boolean deep = random.nextInt(50) == 0;
      if (deep) nested = nested(random);
      change(place, deep ? new JsonPrimitive("NESTED") : value(tree, places, random), random);
    }
    final String text = GSON.toJson(tree);
    return nested == null ? text : text.replace("\"NESTED\"", nested);
  }

  private static void collect(final JsonElement e, final List<JsonElement> places) {
    if (e.isJsonObject()) {
      if (e.getAsJsonObject().size() > 0) places.add(e);
      e.getAsJsonObject().entrySet().forEach(f -> collect(f.getValue(), places));
    } else if (e.isJsonArray()) {
      if (e.getAsJsonArray().size() > 0) places.add(e);
      e.getAsJsonArray().forEach(x -> collect(x, places));
    }
  }

  private static void change(
      final JsonElement place, final JsonElement value, final SplittableRandom random) {
    if (place.isJsonArray()) {
      final JsonArray array = place.getAsJsonArray();
      final int at = random.nextInt(array.size());
      final int kind = random.nextInt(6);
      if (kind == 0) array.remove(at);
      else if (kind == 1) for (int i = random.nextInt(40); i >= 0; i--) array.add(array.get(at));
      else array.set(at, value);
      return;
    }
    final JsonObject object = place.getAsJsonObject();
    final List<String> names = new ArrayList<>(object.keySet());
    final String name = names.get(random.nextInt(names.size()));
    final int kind = random.nextInt(6);
    if (kind == 0) object.remove(name);
    else if (kind == 1) object.add(TextMutator.token(random), value);
    else object.add(name, value);
  }

  private static JsonElement value(
      final JsonElement tree, final List<JsonElement> places, final SplittableRandom random) {
    switch (random.nextInt(6)) {
      case 0:
        return JsonNull.INSTANCE;
      case 1:
        return new JsonPrimitive(TextMutator.token(random));
      case 2:
        return places.get(random.nextInt(places.size())).deepCopy();
      case 3:
        return random.nextBoolean() ? new JsonArray() : new JsonObject();
      case 4:
        return new JsonPrimitive((long) Numbers.any(random));
      default:
        return new JsonPrimitive(Numbers.any(random));
    }
  }

  private static String nested(final SplittableRandom random) {
    final int depth = 1 + random.nextInt(DEEPEST);
    final boolean objects = random.nextBoolean();
    return (objects ? "{\"prior\":" : "[").repeat(depth)
        + "0"
        + (objects ? "}" : "]").repeat(depth);
  }
}
