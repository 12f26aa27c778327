namespace RagStudio.Data.Cli;

/// <summary>The folder of the databases.</summary>
internal static class DataDirectory
{
    public const string Variable = "RAGSTUDIO_DATA_DIR";
    public const string Default = "data";

    /// <summary>Decides which folder it is: the option, else the variable, else the default.</summary>
    /// <param name="option">What the command line says.</param>
    /// <param name="environment">Where relative paths start and the variable is.</param>
    /// <returns>A full path, of nothing or of a folder.</returns>
    /// <exception cref="CommandException">It is a file, or no path.</exception>
    public static string Resolve(string? option, CliEnvironment environment)
    {
        if (option is "")
        {
            throw CommandException.Usage("--data-dir is empty: name a folder.");
        }

        var variable = environment.Variable(Variable);
        var path = Path.GetFullPath(
            option ?? (string.IsNullOrEmpty(variable) ? Default : variable),
            environment.CurrentDirectory
        );
        return File.Exists(path) ? throw CommandException.Usage($"the data directory '{path}' is a file.") : path;
    }

    /// <summary>Makes sure that only the folder itself may be missing, for a command that creates databases or tries to.</summary>
    /// <param name="path">A full path, of nothing or of a folder.</param>
    /// <exception cref="CommandException">Its parent is missing too, which looks like a wrong path.</exception>
    public static void DemandThatItCanBeMade(string path)
    {
        var parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(path));
        if (!Directory.Exists(path) && !Directory.Exists(parent))
        {
            throw CommandException.Usage(
                $"the data directory '{path}' cannot be created: there is no folder '{parent}'."
            );
        }
    }

    /// <inheritdoc cref="DemandThatItCanBeMade"/>
    public static void DemandThatTheyCanBeMade(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            DemandThatItCanBeMade(path);
        }
    }

    /// <inheritdoc cref="Ensure(string)"/>
    public static void Ensure(IReadOnlyList<string> paths)
    {
        DemandThatTheyCanBeMade(paths);
        foreach (var path in paths)
        {
            Ensure(path);
        }
    }

    /// <summary>Makes the folder, if only it is missing, for a command that creates databases.</summary>
    /// <param name="path">A full path, of nothing or of a folder.</param>
    /// <exception cref="CommandException">Its parent is missing too, which looks like a wrong path; or it cannot be made.</exception>
    public static void Ensure(string path)
    {
        DemandThatItCanBeMade(path);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"the data directory '{path}' cannot be created: {error.Message}", error);
        }
    }
}
