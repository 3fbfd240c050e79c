"""Fills the ${NAME} of configuration templates from the environment: render.py TEMPLATE TARGET [TEMPLATE TARGET ...].

An unknown name is an error. Called by up.sh with every setting exported.
"""
import os
import string
import sys

for template, target in zip(sys.argv[1::2], sys.argv[2::2]):
    with open(template, encoding='utf-8') as source:
        text = string.Template(source.read()).substitute(os.environ)
    with open(target, 'w', encoding='utf-8') as sink:
        sink.write(text)
