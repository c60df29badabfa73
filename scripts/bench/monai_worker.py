"""Does one of the benchmark's tasks with MONAI each time a line comes in, and answers with the seconds.

monai_worker.py KIND FEATURES EDGE; float32, all cores, eager: as people run it.
"""
import inspect
import sys
import time

import monai
import torch
from monai.inferers import sliding_window_inference
from monai.losses import DiceCELoss
from monai.networks.nets import SwinUNETR
from monai.networks.nets.swin_unetr import SwinTransformer

CLASSES = 14


def network(features):
    options = dict(in_channels=1, out_channels=CLASSES, feature_size=features)
    if "img_size" in inspect.signature(SwinUNETR.__init__).parameters:
        options["img_size"] = (96, 96, 96)
    return SwinUNETR(**options)


def forward(features, edge):
    net = network(features).eval()
    image = torch.randn(1, 1, edge, edge, edge)

    def run():
        with torch.no_grad():
            net(image)
    return run


def train(features, edge):
    net = network(features).train()
    optimiser = torch.optim.AdamW(net.parameters(), 1e-4, weight_decay=1e-5)
    criterion = DiceCELoss(to_onehot_y=True, softmax=True)

    def run():
        image = torch.randn(1, 1, edge, edge, edge)
        labels = torch.randint(0, CLASSES, (1, 1, edge, edge, edge))
        optimiser.zero_grad()
        loss = criterion(net(image), labels)
        loss.backward()
        optimiser.step()
        loss.item()
    return run


class Pretext(torch.nn.Module):
    """The encoder with the three heads of the published pretraining, upsampling variant."""

    def __init__(self, features):
        super().__init__()
        self.encoder = SwinTransformer(
            in_chans=1, embed_dim=features, window_size=(7, 7, 7), patch_size=(2, 2, 2), depths=(2, 2, 2, 2),
            num_heads=(3, 6, 12, 24), spatial_dims=3)
        width = 16 * features
        self.rotation = torch.nn.Linear(width, 4)
        self.contrast = torch.nn.Linear(width, 512)
        layers = []
        for _ in range(5):
            layers += [torch.nn.Conv3d(width, width // 2, 3, padding=1), torch.nn.InstanceNorm3d(width // 2),
                       torch.nn.LeakyReLU(), torch.nn.Upsample(scale_factor=2, mode="trilinear")]
            width //= 2
        self.decoder = torch.nn.Sequential(*layers, torch.nn.Conv3d(width, 1, 1))

    def forward(self, x):
        deepest = self.encoder(x)[4]
        tokens = deepest.flatten(2)
        return self.rotation(tokens[:, :, 0]), self.contrast(tokens[:, :, 1]), self.decoder(deepest)


def pretrain(features, edge):
    net = Pretext(features).train()
    optimiser = torch.optim.AdamW(net.parameters(), 1e-4, weight_decay=1e-5)

    def run():
        image = torch.randn(2, 1, edge, edge, edge)
        optimiser.zero_grad()
        rotation, contrast, rebuilt = net(image)
        z = torch.nn.functional.normalize(contrast)
        similarity = (z @ z.T / 0.5).masked_fill(torch.eye(2, dtype=torch.bool), -1e30)
        cross = torch.nn.functional.cross_entropy
        loss = (torch.nn.functional.l1_loss(rebuilt, image) + cross(rotation, torch.tensor([0, 3]))
                + cross(similarity, torch.tensor([1, 0])))
        loss.backward()
        optimiser.step()
        loss.item()
    return run


def segment(features, edge):
    net = network(features).eval()
    volume = torch.randn(1, 1, edge, edge, edge)

    def run():
        with torch.no_grad():
            sliding_window_inference(volume, (96, 96, 96), 1, net, 0.5, mode="gaussian").argmax(1)
    return run


def main():
    kind, features, edge = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    task = {"forward": forward, "train": train, "pretrain": pretrain, "segment": segment}[kind](features, edge)
    print(f"ready MONAI {monai.__version__}, torch {torch.__version__}, {torch.get_num_threads()} threads", flush=True)
    for _ in sys.stdin:
        begin = time.perf_counter()
        task()
        print(time.perf_counter() - begin, flush=True)


main()
