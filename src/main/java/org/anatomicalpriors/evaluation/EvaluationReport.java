package org.anatomicalpriors.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The scores of several files, and their mean and spread for each label. Immutable. */
public final class EvaluationReport {

  private final List<FileScores> files;

  public EvaluationReport(final List<FileScores> files) {
    this.files = List.copyOf(files);
  }

  public List<FileScores> files() {
    return files;
  }

  /** For each label id, in the order of first appearance, its structure's name. */
  public Map<Integer, String> labelNames() {
    final Map<Integer, String> names = new LinkedHashMap<>();
    for (final FileScores file : files)
      for (final LabelScore label : file.labels()) names.putIfAbsent(label.id(), label.name());
    return Collections.unmodifiableMap(names);
  }

  /** Mean and spread over the files of one label's measure; files without a value are left out. */
  public Statistics overFiles(final int labelId, final Measure measure) {
    return Statistics.of(
        files.stream()
            .flatMap(f -> f.labels().stream())
            .filter(l -> l.id() == labelId)
            .mapToDouble(l -> l.get(measure)));
  }

  /** Mean and spread over the files of the mean over labels of a measure. */
  public Statistics overFiles(final Measure measure) {
    return Statistics.of(files.stream().mapToDouble(f -> f.overLabels(measure).mean()));
  }

  /** This report with the files of another one after its own. */
  public EvaluationReport and(final EvaluationReport other) {
    final List<FileScores> all = new ArrayList<>(files);
    all.addAll(other.files);
    return new EvaluationReport(all);
  }
}
