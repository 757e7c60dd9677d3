namespace LabEdge.Flash;

/// <summary>
/// Exit codes of the meadow tool (WildernessLabs.Meadow.CLI 2.x), from its documentation: no board was at hand to provoke them.
/// </summary>
public static class MeadowCodes
{
    public static IReadOnlyList<int> Documented { get; } = [1, 2, 3, 4];

    public static string Advice(int code) => code switch
    {
        1 => "the general error: read its lines above. Usual causes: no board at the route ('meadow port list', then 'meadow config route PORT'), or the runtime is still enabled ('meadow runtime disable')",
        2 => "it was cancelled; start again when the board may be written to",
        3 => "it found no such file: build the head first, and look at the path in the line above",
        4 => "it found no such folder: build the head first, and look at the path in the line above",
        _ => "its documentation does not name this code; read its lines above, and run the same line with --verbose",
    };
}
