package org.anatomicalpriors.workflow;

import java.nio.file.Path;
import java.util.List;
import org.anatomicalpriors.io.LabelSetCsv;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.io.ReadyModels;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;

/** What several jobs read or write. */
public final class FileSettings {

  private static final String READY =
      ": a .zip file; or brain, the prior of the adult human brain that comes with the plugin.";

  public static final Setting<Path> MODEL =
      Setting.file(
              "model",
              "Segmenter that train-segmenter made, or prior that train-prior made" + READY)
          .example("segmenter.zip")
          .required();

  public static final Setting<Path> PRIOR =
      Setting.file("prior", "Prior that train-prior made" + READY).example("prior.zip").required();

  public static final Setting<Path> LOOKED_INTO =
      Setting.file("prior", "Prior to look into, or segmenter, which holds one" + READY)
          .example("prior.zip")
          .required();

  public static final Setting<Path> RESULTS =
      Setting.folder("output", "Folder for the results; made if it is not there.")
          .example("results/")
          .required();

  public static final Setting<List<Path>> OTHER_CHANNELS =
      Setting.files(
              "other-channels",
              "Another channel of the images, such as another contrast of a scan, in the same place; give the option again for each further one. A file, if there is one image, or a folder that for every image NAME holds NAME, NAME-channel or one file of the same subject (as sub-01_FLAIR for sub-01_T1w).")
          .example("flair.nii.gz");

  public static final Setting<String> LABEL_SET =
      Setting.text(
              "label-set",
              "",
              "Which label ids there are, with their names, colours, merges and intensity groups: a CSV file, or the name of the built-in set freesurfer-compact. Without it, every id that occurs is a label of its own.")
          .example("freesurfer-compact");

  public static final Setting<List<Integer>> IGNORE =
      Setting.integers(
              "ignore",
              List.of(),
              0,
              Integer.MAX_VALUE,
              "",
              "Ids of labels (whole numbers, no unit) that are not scored, such as those that the references lack.")
          .example("24,85");

  private FileSettings() {}

  /**
   * The file of a model that was given as a file or by name; the model's description is looked at.
   *
   * @param model {@link #MODEL}, {@link #PRIOR} or {@link #LOOKED_INTO}
   * @throws org.anatomicalpriors.InvalidInputException if there is none or it is damaged
   */
  static Path model(final Settings values, final Setting<Path> model) {
    final Path file = ReadyModels.find(values.get(model));
    ModelBundle.describe(file);
    return file;
  }

  /**
   * The label set asked for, or null if none was.
   *
   * @throws org.anatomicalpriors.InvalidInputException if it is not there or no label set
   */
  public static LabelSet labelSet(final Settings values) {
    final String nameOrPath = values.get(LABEL_SET);
    return nameOrPath.isEmpty() ? null : LabelSetCsv.open(nameOrPath);
  }
}
