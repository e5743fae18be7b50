# One of several processes that share a folder of images and a folder for the results. All are
# started alike: each takes the next image that is not done and that no other works on, so one that
# is killed loses nothing, and starting it again goes on. cluster.sbatch starts them with Slurm.
#
# fiji --headless --run Segment_Folder_on_Cluster.py 'model="brain.zip",images="scans",output="results",threads=4'

#@ AnatomicalPriorService priors
#@ File (label = "Prior or segmenter", style = "open", persist = false, description = "Such as brain.zip.") model
#@ File (label = "Images", style = "directory", persist = false, description = "Folder of images (.nii, .nii.gz, .tif), such as scans/.") images
#@ File (label = "Results", style = "directory", persist = false, description = "Folder for the results of all processes; made if it is not there.") output
#@ Integer (label = "Threads", value = 0, min = 0, persist = false, description = "Processor cores that this process may use; 0 uses all.") threads

priors.run("segment", {"model": model, "images": images, "output": output, "threads": threads})
