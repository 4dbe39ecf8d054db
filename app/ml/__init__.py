# SPDX-License-Identifier: GPL-3.0-or-later
"""The only importer of TensorFlow; runs only in the worker child."""
