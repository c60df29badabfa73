// Trains a Swin UNETR on the folders images and labels of a data folder, and says how good it is.
#@ File (label = "Folder with images and labels", style = "directory") data
#@ File (label = "Model to write", style = "save") output
#@ Double (label = "Minutes", value = 30) minutes
#@ LogService log

import org.swinj.progress.Progress
import org.swinj.workflow.FineTune
import org.swinj.workflow.FineTuneSettings

settings = FineTuneSettings.of(data.toPath(), output.toPath()).withMinutes(minutes)
result = new FineTune(settings, Progress.silent()).run()
log.info("Dice " + result.bestDice() + " after " + result.steps() + " steps on " + result.device())
