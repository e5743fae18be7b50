// Learns an anatomy from label maps alone: no images are needed. The prior that comes out segments
// images (Segment_Open_Image.py) and trains faster segmenters (Train_Segmenter.py).
//
// In Fiji: Plugins > Segmentation > Anatomical Priors > Examples > Train Prior
// Without a screen: fiji --headless --run Train_Prior.groovy 'labels="maps",output="brain.zip"'

#@ AnatomicalPriorService priors
#@ File (label = "Label maps", style = "directory", persist = false, description = "Folder of label maps (.nii, .nii.gz, .tif), such as maps/.") labels
#@ File (label = "Prior to write", style = "save", persist = false, description = "A .zip file, such as brain.zip.") output
#@ String (label = "Label set", value = "", required = false, persist = false, description = "Names and colours of the ids: a CSV file, or freesurfer-compact; empty takes the ids as they are.") label_set
#@ Double (label = "Voxel size [mm]", value = 0, min = 0, persist = false, description = "Of the prior's grid, such as 2; 0 chooses one by the maps.") spacing
#@ Integer (label = "Steps", value = 2800, min = 1, persist = false, description = "Training steps, one label map each.") steps

// Every setting of the parameter reference may stand in this list.
prior = priors.train(labels, [output: output, label_set: label_set, spacing: spacing, steps: steps])

// What was learned can be looked at: two anatomies that the prior invents.
samples = priors.sample(prior, 2, 1)
samples.each { println "Invented ${it.title}: ${it.width} x ${it.height} x ${it.stackSize} voxels" }

println prior.summary()
prior.close()
