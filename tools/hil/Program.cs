using LabEdge.Hil;

// Exit codes as of labedge: 0 all goals are met, 1 some are not, 2 the command line or a file is wrong and nothing has run.
return HilCommand.Run(args);
