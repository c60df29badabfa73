/** Model files: the SwinJ folder or zip, tensors in safetensors and PyTorch files, MONAI's names. */
package org.swinj.model;
