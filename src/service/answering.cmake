set(answering_sources)
set(answering_tests)
