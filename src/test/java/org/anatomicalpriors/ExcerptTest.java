package org.anatomicalpriors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ExcerptTest {

  @Test
  void keepsShortText() {
    assertEquals("Left-Thalamus, \u00e9", Excerpt.of("Left-Thalamus, \u00e9"));
    assertEquals("", Excerpt.of(""));
    assertEquals("nothing", Excerpt.of(null));
  }

  @Test
  void cutsLongText() {
    assertEquals("a".repeat(80) + "...", Excerpt.of("a".repeat(1_000_000)));
    assertEquals("aa...", Excerpt.of("aaa", 2));
  }

  @Test
  void staysOnOneLine() {
    assertEquals("a b c d e", Excerpt.of("a\nb\u2028c\u0000d\u001be"));
  }
}
