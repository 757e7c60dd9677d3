using LabEdge.Emulator.Commands;

// Exit codes: 0 all goals are met, 1 some are not, 2 the command line or a file is wrong and nothing has run.
return EmulatorCommand.Run(args);
