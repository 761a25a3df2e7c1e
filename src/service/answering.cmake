list(APPEND answering_headers event_references.h sentences.h text_table.h wording.h)
set(answering_sources
    answer_cache.cc
    answer_digest.cc
    answer_export.cc
    answer_json.cc
    answer_text.cc
    event_references.cc
    explain.cc
    lookup.cc
    lookup_json.cc
    name_book.cc
    named_answer.cc
    seed.cc
    sentences.cc
    text_table.cc
    trace_question.cc
    tracing.cc
    wording.cc)
set(answering_tests answer_cache_test.cc answer_text_test.cc named_answer_test.cc text_table_test.cc wording_test.cc)
