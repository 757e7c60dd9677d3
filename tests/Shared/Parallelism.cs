// Classes run side by side, the methods of one class one after another: two workers fit the two cores of a CI machine.
[assembly: Parallelize(Workers = 2, Scope = ExecutionScope.ClassLevel)]
