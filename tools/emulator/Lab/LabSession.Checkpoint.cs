namespace LabEdge.Emulator;

// A session as a file, and back.
public sealed partial class LabSession
{
    /// <summary>Writes a file from which <see cref="Resume"/> gives this lab, as it is now, once more.</summary>
    /// <exception cref="LabException">The lab has external nodes: what comes from outside does not come a second time.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string file)
    {
        if (Lab.Outside.Count > 0) throw Checkpoint.Refused(file, 0, $"the node {Lab.Folder.Topology.Externals[0].Name} outside", "a lab without such nodes: what comes from outside does not come a second time");
        RunUntil(NowUs);
        LabOptions options = Lab.Options;
        new Checkpoint(
            Checkpoint.FormVersion, Lab.Folder.Name, options.Seed, options.Mac, options.Kernel, options.Start,
            new SortedDictionary<string, string>(Lab.Folder.Files, StringComparer.Ordinal), [.. _inputs], NowUs, Lab.Digest.Hex())
        { Lenient = options.Lenient }.Write(file);
    }

    /// <summary>Makes a saved lab anew and runs it to the saved point.</summary>
    /// <param name="wishes">What does not change the run: captures, commands to show. The rest comes from the file.</param>
    /// <exception cref="LabException">
    /// The file is none, of another version, or its lab has mistakes; or the run came to something else than it did when it was saved.
    /// </exception>
    public static LabSession Resume(string file, LabOptions wishes = null)
    {
        Checkpoint saved = Checkpoint.Read(file);
        LabOptions options = (wishes ?? new LabOptions()) with { Seed = saved.Seed, Mac = saved.Mac, Kernel = saved.Kernel, Start = saved.Start, Lenient = saved.Lenient };
        string folder = Directory.CreateTempSubdirectory("labedge-").FullName;
        LabSession session;
        try
        {
            if (saved.Start) Directory.CreateDirectory(Path.Combine(folder, LabPlaces.StartFolder));
            foreach ((string path, string text) in saved.Files) WriteBelow(folder, path, text, file);
            session = Open(folder, options);
        }
        finally
        {
            Directory.Delete(folder, true);
        }

        try
        {
            foreach (LabInput input in saved.Inputs) session.Apply(input);
            session.RunUntil(saved.TimeUs);
            string digest = session.Lab.Digest.Hex();
            if (digest == saved.Digest) return session;
            throw Checkpoint.Refused(file, 0, $"Digest {saved.Digest}", $"{digest}, to which this lab has come: the file was changed, or another version of labedge saved it");
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    // A path of the file stays in the folder, whatever it says.
    private static void WriteBelow(string folder, string path, string text, string file)
    {
        string target = Path.GetFullPath(Path.Combine(folder, path));
        if (!target.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)) throw Checkpoint.Refused(file, 0, path, "a path in the lab's folder");
        Directory.CreateDirectory(Path.GetDirectoryName(target));
        File.WriteAllText(target, text);
    }
}
