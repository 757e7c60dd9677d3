using LabEdge.Flash;

// Exit codes: 0 done (or the plan is printed), 1 a step did not succeed, 2 the request is wrong and nothing was touched.
return FlashCommand.Run(args);
