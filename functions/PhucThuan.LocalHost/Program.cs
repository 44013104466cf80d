using PhucThuan.LocalHost;

return await LocalHostCommand.RunAsync(args);
