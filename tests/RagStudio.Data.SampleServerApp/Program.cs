// Its contexts are all that is of interest.
return;
