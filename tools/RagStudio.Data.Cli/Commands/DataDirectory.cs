namespace RagStudio.Data.Cli;

/// <summary>The folder of the databases.</summary>
internal static class DataDirectory
{
    public const string Variable = "RAGSTUDIO_DATA_DIR";
    public const string Default = "data";

    /// <summary>Determines the folder: from the option, otherwise the variable, otherwise the default.</summary>
    /// <param name="option">The option on the command line.</param>
    /// <param name="environment">Supplies the variable and the base folder of relative paths.</param>
    /// <returns>The full path of a folder, which may not exist.</returns>
    /// <exception cref="CommandException">It is a file, or not a valid path.</exception>
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

    /// <summary>Throws unless the parent folder exists, for a command that creates databases or tries to.</summary>
    /// <param name="path">The full path of a folder, which may not exist.</param>
    /// <exception cref="CommandException">Its parent does not exist either, so the path is probably wrong.</exception>
    public static void DemandParent(string path)
    {
        var parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(path));
        if (!Directory.Exists(path) && !Directory.Exists(parent))
        {
            throw CommandException.Usage(
                $"the data directory '{path}' cannot be created: there is no folder '{parent}'."
            );
        }
    }

    /// <inheritdoc cref="DemandParent"/>
    public static void DemandParents(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            DemandParent(path);
        }
    }

    /// <inheritdoc cref="Ensure(string)"/>
    public static void Ensure(IReadOnlyList<string> paths)
    {
        DemandParents(paths);
        foreach (var path in paths)
        {
            Ensure(path);
        }
    }

    /// <summary>Creates the folder if only it is missing, for a command that creates databases.</summary>
    /// <param name="path">The full path of a folder, which may not exist.</param>
    /// <exception cref="CommandException">
    /// Its parent does not exist either, so the path is probably wrong; or it cannot be created.
    /// </exception>
    public static void Ensure(string path)
    {
        DemandParent(path);
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
