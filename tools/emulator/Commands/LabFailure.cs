namespace LabEdge.Emulator.Commands;

/// <summary>What a command of <c>lab</c> says when it cannot do what was asked.</summary>
public static class LabFailure
{
    /// <summary>Runs a command; mistakes in files and options, and files that cannot be read or written, are told.</summary>
    /// <returns>What the command returned, or <see cref="EmulatorCommand.WrongInput"/>.</returns>
    public static int Tell(TextWriter error, Func<int> command)
    {
        try
        {
            return command();
        }
        catch (LabException exception)
        {
            foreach (LabProblem problem in exception.Problems) error.WriteLine(problem);
        }
        catch (Exception exception) when (exception is PortException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine("labedge: " + exception.Message);
        }

        return EmulatorCommand.WrongInput;
    }
}
