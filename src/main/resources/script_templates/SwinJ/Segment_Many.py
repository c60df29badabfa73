# Labels the volumes of a folder one by one and collects the volume of each class in a table.
#@ File (label = "Folder of volumes", style = "directory") folder
#@ File (label = "SwinJ model", style = "both") model
#@ File (label = "Folder of results", style = "directory") output

from ij.measure import ResultsTable
from java.io import File, IOException
from org.swinj.progress import Progress
from org.swinj.workflow import Segment, SegmentSettings

table = ResultsTable()
for volume in sorted(folder.listFiles()):
    if not volume.isFile():
        continue
    name = volume.getName().split(".")[0]
    labels = File(output, name + ".tif")
    try:
        if not labels.exists():
            settings = SegmentSettings.of(volume.toPath(), model.toPath(), labels.toPath())
            Segment(settings, Progress.silent()).run()
        classes = ResultsTable.open(File(output, name + "-measurements.csv").getPath())
        for row in range(classes.size()):
            table.addRow()
            table.addValue("File", volume.getName())
            table.addValue("Class", classes.getStringValue("Class", row))
            table.addValue("VoxelCount", classes.getValue("VoxelCount", row))
    except IOException as e:
        print(volume.getName() + ": " + e.getMessage())
table.show("Volumes of " + folder.getName())
