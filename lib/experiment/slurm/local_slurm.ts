/** A one-node Slurm on this machine, for tests: no accounting, no cgroups, everything below a temporary folder. @module */

/** A Slurm that runs until it is disposed of. */
export interface LocalSlurm extends AsyncDisposable {
  /** For `SLURM_CONF`. */
  readonly conf: string;
}

const PORTS = { slurmctld: 16817, slurmd: 16818 };

/**
 * Starts one, or says why it can't: Debian's packages `slurm-wlm slurmctld slurmd munge` are needed, and root, as whom it runs.
 */
export async function localSlurm(): Promise<LocalSlurm | string> {
  for (const program of ["munged", "slurmctld", "slurmd", "sbatch", "squeue"]) {
    const { success } = await run("sh", ["-c", `PATH=$PATH:/usr/sbin command -v ${program}`]);
    if (!success) return `${program} is not installed`;
  }
  if (Deno.uid() !== 0) return "not root";
  const folder = await Deno.makeTempDir({ prefix: "slurm" });
  await Deno.chmod(folder, 0o711);
  for (const name of ["munge", "state", "spool", "log"]) await Deno.mkdir(`${folder}/${name}`);
  await Deno.chmod(`${folder}/munge`, 0o711);
  await Deno.writeFile(`${folder}/munge/key`, crypto.getRandomValues(new Uint8Array(1024)), { mode: 0o600 });
  const conf = `${folder}/slurm.conf`;
  await Deno.writeTextFile(conf, configuration(folder, Deno.hostname()));
  const munge = ["key-file=key", "socket=sock", "pid-file=pid", "log-file=log", "seed-file=seed"]
    .map((option) => `--${option.replace("=", `=${folder}/munge/`)}`);
  for (
    const [program, args] of [["munged", [...munge, "--force"]], ["slurmctld", ["-c"]], ["slurmd", [
      "-c",
    ]]] as const
  ) {
    const { success, said } = await run(`/usr/sbin/${program}`, [...args], conf);
    if (!success) return `${program} does not start: ${said.trim().split("\n").at(-1)}`;
  }
  const slurm = {
    conf,
    async [Symbol.asyncDispose]() {
      await run("scontrol", ["shutdown"], conf);
      for (const pid of ["slurmd.pid", "slurmctld.pid", "munge/pid"]) await stop(`${folder}/${pid}`);
      await Deno.remove(folder, { recursive: true });
    },
  };
  for (let look = 0; look < 200; look++) {
    if (/idle|mixed/.test((await run("sinfo", ["-h", "-o", "%T"], conf)).said)) return slurm;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await slurm[Symbol.asyncDispose]();
  return "its node did not become idle in 20 s";
}

async function stop(pidFile: string): Promise<void> {
  const pid = Number(await Deno.readTextFile(pidFile).catch(() => "")); // it may be gone already, file and all
  if (!(pid > 0)) return;
  await run("kill", [`${pid}`]);
  for (let look = 0; look < 50 && (await run("kill", ["-0", `${pid}`])).success; look++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function run(program: string, args: string[], conf?: string) {
  const env: Record<string, string> = conf === undefined ? {} : { SLURM_CONF: conf };
  const { success, stdout, stderr } = await new Deno.Command(program, { args, env }).output();
  return { success, said: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

function configuration(folder: string, host: string): string {
  return `
ClusterName=local
SlurmctldHost=${host}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=${folder}/munge/sock
CredType=cred/munge
SlurmctldPort=${PORTS.slurmctld}
SlurmdPort=${PORTS.slurmd}
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
SlurmctldLogFile=${folder}/log/slurmctld.log
SlurmdLogFile=${folder}/log/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SwitchType=switch/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,batch_sched_delay=0
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
ReturnToService=2
MinJobAge=2
InactiveLimit=0
KillWait=1
NodeName=${host} NodeAddr=127.0.0.1 CPUs=${navigator.hardwareConcurrency} RealMemory=${
    Math.floor(Deno.systemMemoryInfo().total * 0.8 / 2 ** 20)
  } State=UNKNOWN
PartitionName=main Nodes=${host} Default=YES MaxTime=INFINITE State=UP
`.trimStart();
}
