"""Drawing: pictures of the diary and the page for a physio. Words come in, PNG and PDF bytes go out; no Discord."""
