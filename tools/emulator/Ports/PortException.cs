namespace LabEdge.Emulator;

/// <summary>A real port cannot be opened; the message is for the person who asked.</summary>
public sealed class PortException(string message) : Exception(message);
