using System.Text;

namespace LabEdge.Emulator;

/// <summary>
/// The folders where a lab's configurations and answers are looked for, in this order. A learner's own lie in the lab's folder, those
/// that the lab is solved with in <c>solution/</c>, and in <c>start/</c> what a learner starts from, where it differs from the solution.
/// </summary>
public sealed class LabPlaces
{
    public const string StartFolder = "start";
    public const string SolutionFolder = "solution";

    private readonly (string Folder, string Name)[] _places;

    private LabPlaces(params (string Folder, string Name)[] places) => _places = places;

    /// <param name="start">False: the folder, and then its solution. True: its start, and then its solution.</param>
    public static LabPlaces Of(string folder, bool start)
    {
        string first = start ? Path.Combine(folder, StartFolder) : folder;
        return new LabPlaces((first, start ? StartFolder + "/" : ""), (Path.Combine(folder, SolutionFolder), SolutionFolder + "/"));
    }

    /// <summary>For a learner's work against somebody else's lab: what the learner has not touched is as the lab starts.</summary>
    public static LabPlaces OfWork(string work, string lab)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(lab));
        return new LabPlaces(
            (work, ""),
            (Path.Combine(lab, StartFolder), $"{name}/{StartFolder}/"),
            (Path.Combine(lab, SolutionFolder), $"{name}/{SolutionFolder}/"),
            (lab, $"{name}/"));
    }

    /// <summary>The first of the places alone.</summary>
    public LabPlaces First => new(_places[0]);

    /// <summary>The places in words.</summary>
    public string Expected => string.Join(" or in ", _places.Select(place => place.Name.Length == 0 ? "the lab's folder" : place.Name));

    /// <param name="shown">The file with its folder as people know it: <c>solution/pe1.cfg</c>; the bare name when there is none.</param>
    /// <returns>The text of the first file of this name, or null.</returns>
    public string Read(string name, out string shown)
    {
        shown = name;
        foreach ((string folder, string place) in _places)
        {
            string path = Path.Combine(folder, name);
            if (!File.Exists(path)) continue;
            shown = place + name;
            return File.ReadAllText(path, Encoding.UTF8);
        }

        return null;
    }
}
