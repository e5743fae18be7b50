# Segments the open image: shows its labels, draws their outlines over it, prints their volumes.
#
# In Fiji: open an image, then Plugins > Segmentation > Anatomical Priors > Examples > Segment Open Image

#@ AnatomicalPriorService priors
#@ ImagePlus (label = "Image", persist = false, description = "A stack or slice with its calibration set.") image
#@ File (label = "Prior or segmenter", style = "open", persist = false, description = "Such as brain.zip.") model
#@ String (label = "Voxel size", value = "", required = false, persist = false, description = "Only for images without calibration: 1x1x1.5 mm.") voxel_size
#@output ImagePlus labels

opened = priors.load(model)
try:
    result = priors.segment(opened, image, {"voxel_size": voxel_size})
    labels = result.labels()
    image.setOverlay(result.outlines())
    print(result.volumes())
finally:
    opened.close()  # gives the memory back
