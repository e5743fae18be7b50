"""The independent side of NibabelTest: describes NIfTI files with nibabel, or writes some.

describe FILE...   prints a JSON list: name, shape, affine, zooms, dtype and values of each file
create FOLDER      writes files of many kinds and prints the same list for them
Values are listed with the first axis fastest; with --no-values their sum is given instead, each
weighted by its index modulo 1009 (exact for whole numbers).
"""

import json
import os
import sys

import nibabel
import numpy

DTYPES = "u1 i1 i2 u2 i4 u4 i8 u8 f4 f8".split()


def describe(path, with_values=True):
    image = nibabel.load(path)
    zooms = [float(z) for z in image.header.get_zooms()]
    entry = {
        "name": os.path.basename(path),
        "shape": list(image.shape),
        "affine": image.affine.tolist(),
        "zooms": zooms,
        "dtype": image.get_data_dtype().newbyteorder("=").name,
        "sformCode": int(image.header["sform_code"]),
        "qformCode": int(image.header["qform_code"]),
        "qform": image.header.get_qform().tolist() if zooms[0] > 0 else None,
    }
    data = numpy.asanyarray(image.dataobj).astype("f8").flatten(order="F")
    if with_values:
        entry["values"] = data.tolist()
    else:
        entry["checksum"] = float((data * (numpy.arange(data.size) % 1009)).sum())
    return entry


def oblique(mirror):
    a, b = 0.5, -1.1
    rz = numpy.array([[numpy.cos(a), -numpy.sin(a), 0], [numpy.sin(a), numpy.cos(a), 0], [0, 0, 1]])
    rx = numpy.array([[1, 0, 0], [0, numpy.cos(b), -numpy.sin(b)], [0, numpy.sin(b), numpy.cos(b)]])
    affine = numpy.eye(4)
    affine[:3, :3] = rz @ rx @ numpy.diag([0.5, 1.25, 3.0 * mirror])
    affine[:3, 3] = [-20.5, 30.25, 7]
    return affine


def sample(dtype, shape):
    dtype = numpy.dtype(dtype)
    random = numpy.random.default_rng(5)
    if dtype.kind == "f":
        return random.normal(size=shape).astype(dtype)
    info = numpy.iinfo(dtype)
    data = random.integers(info.min, info.max, size=shape, dtype=dtype, endpoint=True)
    data.flat[0], data.flat[1] = info.min, info.max
    return data


def create(folder):
    paths = []

    def save(image, name):
        path = os.path.join(folder, name)
        nibabel.save(image, path)
        paths.append(path)

    kinds = [
        ("1", nibabel.Nifti1Image, ".nii"),
        ("1z", nibabel.Nifti1Image, ".nii.gz"),
        ("1p", nibabel.Nifti1Pair, ".img"),
        ("2", nibabel.Nifti2Image, ".nii"),
        ("2z", nibabel.Nifti2Image, ".nii.gz"),
    ]
    for kind, image_class, ending in kinds:
        for order in "<>":
            for dtype in DTYPES:
                header = image_class.header_class(endianness=order)
                header.set_xyzt_units("mm", "sec")
                data = sample(dtype, (5, 4, 3))
                mirror = -1 if DTYPES.index(dtype) % 2 else 1
                image = image_class(data, oblique(mirror), header, dtype=data.dtype)
                if order == ">":
                    image.set_qform(oblique(mirror), code=1)
                    image.set_sform(None, code=0)
                byte_order = "little" if order == "<" else "big"
                save(image, "%s_%s_%s%s" % (kind, byte_order, dtype, ending))
    for dtype in DTYPES[:-2]:
        # Floats stored as integers with slope and inter.
        header = nibabel.Nifti1Header()
        header.set_xyzt_units("mm")
        image = nibabel.Nifti1Image(sample("f4", (5, 4, 3)) * 50 + 20, oblique(1), header)
        image.set_data_dtype(dtype)
        save(image, "scaled_%s.nii.gz" % dtype)
    for shape in [(6, 5), (6, 5, 1), (3, 4, 5, 2), (3, 4, 5, 1, 3)]:
        header = nibabel.Nifti1Header()
        header.set_xyzt_units("mm")
        image = nibabel.Nifti1Image(sample("i2", shape), oblique(1), header)
        save(image, "shape_%s.nii" % "x".join(map(str, shape)))
    return paths


def main(arguments):
    with_values = "--no-values" not in arguments
    arguments = [a for a in arguments if a != "--no-values"]
    paths = create(arguments[1]) if arguments[0] == "create" else arguments[1:]
    json.dump([describe(p, with_values) for p in paths], sys.stdout)


main(sys.argv[1:])
