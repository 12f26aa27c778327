namespace RagStudio.Data.PowerTests;

/// <summary>
/// Keeps temporary files in memory if the machine offers that: the model decides what a flush writes to the
/// disk, so no test has to wait for a real one.
/// </summary>
internal static class FastDisk
{
    private const string Memory = "/dev/shm";
    private const long Room = 256L << 20;

    public static void Use()
    {
        if (Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace >= Room)
        {
            Environment.SetEnvironmentVariable("TMPDIR", Memory);
        }
    }
}
