# One of several processes that share a folder of images: number TASK of TASKS segments every
# TASKS-th image. cluster.sbatch starts them all on a cluster with Slurm.
#
# fiji --headless --run Segment_Folder_on_Cluster.py 'model="brain.zip",images="scans",output="results",task=1,tasks=20'

#@ AnatomicalPriorService priors
#@ File (label = "Prior or segmenter", style = "open", persist = false, description = "Such as brain.zip.") model
#@ File (label = "Images", style = "directory", persist = false, description = "Folder of images (.nii, .nii.gz, .tif), such as scans/.") images
#@ File (label = "Results", style = "directory", persist = false, description = "Folder in which every process has one of its own, such as task-001.") output
#@ Integer (label = "Task", min = 1, persist = false, description = "Which process this is, counted from 1.") task
#@ Integer (label = "Tasks", min = 1, persist = false, description = "How many processes there are.") tasks
#@ Integer (label = "Threads", value = 0, min = 0, persist = false, description = "Processor cores that this process may use; 0 uses all.") threads

import os

if task > tasks:
    raise ValueError("task %d of %d was asked for; give a task from 1 to %d" % (task, tasks, tasks))
if not images.isDirectory():
    raise ValueError("%s is no folder; give the folder of the images" % images)

# The same order in every process.
endings = (".nii", ".nii.gz", ".tif", ".tiff")
files = sorted(name for name in os.listdir(images.path) if name.lower().endswith(endings))
mine = [os.path.join(images.path, name) for name in files[task - 1 :: tasks]]
print("Task %d of %d: %d of %d images" % (task, tasks, len(mine), len(files)))

if mine:
    results = os.path.join(output.path, "task-%03d" % task)
    priors.run("segment", {"model": model, "images": mine, "output": results, "threads": threads})
