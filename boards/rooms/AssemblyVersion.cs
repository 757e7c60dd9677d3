// nanoCLR binds by name and major.minor, so that every room of an image has the same version.
[assembly: System.Reflection.AssemblyVersion("1.0.0.0")]
