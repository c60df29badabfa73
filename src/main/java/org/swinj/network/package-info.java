/** The Swin UNETR as in Hatamizadeh et al. 2022 and Tang et al. 2022, with MONAI's parameter names. */
package org.swinj.network;
