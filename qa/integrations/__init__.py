"""Our retriever and query engine with the faces of other libraries."""
