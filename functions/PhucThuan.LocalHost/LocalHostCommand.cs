using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Reflection;
using PhucThuan.LocalHost.Verification;
using PhucThuan.Portal;

namespace PhucThuan.LocalHost;

/// <summary>Command line of LocalHost.</summary>
public static class LocalHostCommand
{
    private const int DefaultPort = 7071; // the port of func start

    /// <summary>Timeout after Ctrl+C: acknowledged visits are stored, and Azurite writes its data.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromMinutes(1);

    /// <summary>Runs until Ctrl+C. Returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Create().Parse(args);
        if (parsed.Action is ParseErrorAction mistake)
        {
            mistake.ShowHelp = false;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = EndLimit,
            });
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C during the start.
            return 0;
        }
        catch (LocalHostException cannot)
        {
            await Console.Error.WriteLineAsync(cannot.Message);
        }
        catch (Exception failure) when (InvalidSettings.Describe(failure) is { } sentences)
        {
            await Console.Error.WriteLineAsync(sentences);
        }

        return 1;
    }

    private static RootCommand Create()
    {
        var port = new Option<int>("--port")
        {
            Description = "Port on 127.0.0.1; 0 for a free port.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultPort,
            CustomParser = ParsePort,
        };
        var articles = new Option<DirectoryInfo?>("--articles")
        {
            Description = "Folder with articles (.docx, .html, .md, .txt) and their pictures. It replaces the samples."
                + " A saved file reloads its page.",
            HelpName = "DIR",
        };
        var data = new Option<DirectoryInfo>("--data")
        {
            Description = "Data folder of the storage emulator.",
            HelpName = "DIR",
            DefaultValueFactory = _ => new DirectoryInfo(Folder("Data")),
        };
        var storage = new Option<string?>("--storage")
        {
            Description = "Connection string of the storage account to use instead of an emulator. The samples are"
            + " uploaded only when it has no article, and nothing is ever deleted from it.",
            HelpName = "CONNECTION",
        };

        var command = new RootCommand("Runs the portal's functions on this machine, with the storage emulator Azurite.")
        {
            port, articles, data, storage, VerifyCommand.Create(),
        };
        command.SetAction((result, cancellationToken) => LocalHostRunner.RunAsync(
            new LocalHostOptions(
                result.GetValue(port),
                result.GetValue(articles),
                result.GetValue(data)!,
                result.GetValue(storage)),
            cancellationToken));
        return command;
    }

    private static int ParsePort(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return port;
        }

        result.AddError($"--port is '{text}'; allowed are 0 to 65535.");
        return default;
    }

    /// <summary>A folder in the checkout that this assembly was built from.</summary>
    internal static string Folder(string name) => typeof(LocalHostCommand).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == name + "Folder").Value!;
}
