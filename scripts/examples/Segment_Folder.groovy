// Segments every image of a folder. The results' folder gets labels, a picture and a record for
// each image, and one table of all volumes: volumes.csv. An image that cannot be segmented does not
// stop the others; it is named at the end, and then the exit code is 1.
//
// In Fiji: Plugins > Segmentation > Anatomical Priors > Examples > Segment Folder
// Without a screen: fiji --headless --run Segment_Folder.groovy 'model="brain.zip",images="scans",output="results"'

import ij.measure.ResultsTable

#@ AnatomicalPriorService priors
#@ File (label = "Prior or segmenter", style = "open", persist = false, description = "Such as brain.zip.") model
#@ File (label = "Images", style = "directory", persist = false, description = "Folder of images (.nii, .nii.gz, .tif), such as scans/.") images
#@ File (label = "Results", style = "directory", persist = false, description = "Folder for the results; made if it is not there.") output
#@ Boolean (label = "Probabilities too", value = false, persist = false, description = "Write the probability of every label, a volume for each.") posteriors

priors.run("segment", [model: model, images: images, output: output, posteriors: posteriors])

// The table opens in ImageJ and in any spreadsheet. Here: the mean volume of every structure.
volumes = ResultsTable.open(new File(output, "volumes.csv").path)
(0..<volumes.size()).groupBy { volumes.getStringValue("name", it) }.each { name, rows ->
    mean = rows.sum { volumes.getValue("volume", it) } / rows.size()
    println "$name: ${mean.round(3)} ${volumes.getStringValue("unit", rows[0])} in ${rows.size()} images"
}
