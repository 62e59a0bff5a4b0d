"""Says what python-pptx sees in a presentation, as JSON."""

import json
import sys

from pptx import Presentation

slides = Presentation(sys.argv[1]).slides
texts = [shape.text_frame.text for shape in slides[0].shapes if shape.has_text_frame]
title = slides[0].shapes.title.text_frame.text if slides[0].shapes.title else " ".join(texts)
print(json.dumps({"slides": len(slides), "title": title}))
