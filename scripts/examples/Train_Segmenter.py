# Trains a segmenter for the images of one scanner or protocol with a prior, from images without
# any labels. A segmenter is faster than the prior alone, and surer on images like these.
#
# In Fiji: Plugins > Segmentation > Anatomical Priors > Examples > Train Segmenter
# Without a screen: fiji --headless --run Train_Segmenter.py 'prior="brain.zip",images="scans",output="scanner.zip"'

#@ AnatomicalPriorService priors
#@ File (label = "Prior", style = "open", persist = false, description = "What Train_Prior wrote, such as brain.zip.") prior
#@ File (label = "Images", style = "directory", persist = false, description = "Folder of images to learn from (.nii, .nii.gz, .tif), such as scans/.") images
#@ File (label = "Segmenter to write", style = "save", persist = false, description = "A .zip file, such as scanner.zip.") output
#@ Integer (label = "Steps", value = 200, min = 1, persist = false, description = "Training steps, one image each.") steps

# Every setting of the parameter reference may stand in this list.
segmenter = priors.trainSegmenter(prior, images, {"output": output, "steps": steps})

print(segmenter.summary())
segmenter.close()
