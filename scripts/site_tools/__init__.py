"""What makes docs/ and calculator/ into the static site in site/.

paths        where things are, and which languages there are
build        the whole build, in order
stage        page templates -> Markdown
pages        Markdown -> HTML, one MkDocs build a language
runtime      Python for the browser, with our package
postprocess  corrections to the HTML
checks       faults that must stop a build
csp          the content security policy
serve        a small web server for reading the site and testing it
"""
