// Labels every volume of a folder with a SwinJ model. A volume that fails does not stop the others;
// volumes that have labels already are left out. What became of each is in segmentation.csv.
#@ File (label = "Folder of volumes", style = "directory") input
#@ File (label = "SwinJ model", style = "both") model
#@ File (label = "Folder of results", style = "directory") output

run("Segment...", "input=[" + input + "] model=[" + model + "] output=[" + output + "]"
	+ " resume=true objects=components");
