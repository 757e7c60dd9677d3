using YamlDotNet.RepresentationModel;

namespace LabEdge.Emulator;

/// <summary>What a learner predicts, in <c>answers.yml</c>: a key per question, and the answer as it was written.</summary>
/// <param name="File">Where it lies, such as <c>solution/answers.yml</c>.</param>
/// <param name="Text">The whole file, or null when there is none.</param>
public sealed record LabAnswers(string File, string Text, IReadOnlyDictionary<string, string> All)
{
    public const string FileName = "answers.yml";

    public static readonly LabAnswers None = new(FileName, null, new Dictionary<string, string>());

    /// <returns>The answer without blanks around it; empty when the question is not answered.</returns>
    public string this[string key] => All.GetValueOrDefault(key, "");

    /// <param name="asked">The keys that there may be.</param>
    /// <param name="problems">Where a file that is no list of answers, and a key that nobody asked for, are noted.</param>
    public static LabAnswers Read(LabPlaces places, IReadOnlyList<string> asked, List<LabProblem> problems)
    {
        string text = places.Read(FileName, out string shown);
        if (text == null) return None;
        YamlMap map = YamlFile.Parse(shown, text, problems);
        if (map == null) return None;
        map.AllowOnly([.. asked]);
        Dictionary<string, string> answers = [];
        foreach (YamlNode entry in map.Entries.Select(entry => entry.Key))
        {
            if (entry is YamlScalarNode { Value: string key }) answers[key] = map.Text(key, "").Trim();
        }

        return new LabAnswers(shown, text, answers);
    }
}
