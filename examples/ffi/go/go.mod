module licet.example

go 1.19
