// An ImageJ macro: segments an image file and saves labels, volumes, a picture and a record.
//
// In Fiji: Plugins > Segmentation > Anatomical Priors > Examples > Segment File
// Without a screen: fiji --headless --run Segment_File.ijm 'file="scan.nii.gz",model="brain.zip",output="results"'

#@ File (label = "Image", style = "open", persist = false, description = "A .nii, .nii.gz or .tif file.") file
#@ File (label = "Prior or segmenter", style = "open", persist = false, description = "Such as brain.zip.") model
#@ File (label = "Results", style = "directory", persist = false, description = "Folder for the results; made if it is not there.") output

// The recorder (Plugins > Macros > Record...) writes such lines. Brackets hold paths with spaces.
run("Segment Image...", "file=[" + file + "] model=[" + model + "] output=[" + output + "]");
print("Results are in " + output);
