namespace RagStudio.Data.PowerTests;

/// <summary>
/// Has temporary files in memory where the machine offers that: what a flush brings to the disk is the model's to say, so that no test has to wait for a
/// real one.
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
