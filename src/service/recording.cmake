set(recording_sources)
set(recording_tests)
