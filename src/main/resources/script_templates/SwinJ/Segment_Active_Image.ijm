// Labels the active image and lists the measurements of its classes.
#@ File (label = "SwinJ model", style = "both") model

title = getTitle();
run("Segment...", "input=[" + title + "] model=[" + model + "] overlap=0.5");
