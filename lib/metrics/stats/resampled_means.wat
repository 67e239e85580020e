;; Means of bootstrap resamples, of four lists of values at once: two and two float64 side by side.
;; resampled_means.wasm is made of this by wabt; a test makes it again and compares.
(module
  (memory (export "memory") 1)

  ;; Sums of parts of resamples. A node is its parent's sum and so many times one letter's value: 16 bytes tell the address of the
  ;; parent's sum, that of the letter's values, and how many times. Sums are stored from $sums, in the order of the nodes.
  (func (export "sumNodes") (param $node i32) (param $end i32) (param $sums i32)
    (local $parent i32) (local $value i32) (local $times v128)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $node) (local.get $end)))
        (local.set $parent (i32.load (local.get $node)))
        (local.set $value (i32.load offset=4 (local.get $node)))
        (local.set $times (v128.load64_splat offset=8 (local.get $node)))
        (v128.store (local.get $sums)
          (f64x2.add (v128.load (local.get $parent))
            (f64x2.mul (local.get $times) (v128.load (local.get $value)))))
        (v128.store offset=16 (local.get $sums)
          (f64x2.add (v128.load offset=16 (local.get $parent))
            (f64x2.mul (local.get $times) (v128.load offset=16 (local.get $value)))))
        (local.set $node (i32.add (local.get $node) (i32.const 16)))
        (local.set $sums (i32.add (local.get $sums) (i32.const 32)))
        (br $next))))

  ;; Adds to every resample the sums of its two nodes, whose addresses stand from $index.
  (func (export "addNodes") (param $index i32) (param $end i32) (param $resample i32)
    (local $a i32) (local $b i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $index) (local.get $end)))
        (local.set $a (i32.load (local.get $index)))
        (local.set $b (i32.load offset=4 (local.get $index)))
        (v128.store (local.get $resample)
          (f64x2.add (v128.load (local.get $resample))
            (f64x2.add (v128.load (local.get $a)) (v128.load (local.get $b)))))
        (v128.store offset=16 (local.get $resample)
          (f64x2.add (v128.load offset=16 (local.get $resample))
            (f64x2.add (v128.load offset=16 (local.get $a)) (v128.load offset=16 (local.get $b)))))
        (local.set $index (i32.add (local.get $index) (i32.const 8)))
        (local.set $resample (i32.add (local.get $resample) (i32.const 32)))
        (br $next))))

  ;; Makes the sums means over so many letters. Of the 32 bytes from $about + 64 each 8 then hold twice the number of means below
  ;; that from $about on, where one that is no further away than the 8 bytes from $about + 32 say counts half.
  (func (export "toMeans") (param $resample i32) (param $end i32) (param $letters f64) (param $about i32)
    (local $by v128) (local $mean v128) (local $gap v128) (local $low v128) (local $high v128)
    (local.set $by (f64x2.splat (local.get $letters)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $resample) (local.get $end)))
        (local.set $mean (f64x2.div (v128.load (local.get $resample)) (local.get $by)))
        (v128.store (local.get $resample) (local.get $mean))
        (local.set $gap (f64x2.sub (local.get $mean) (v128.load (local.get $about))))
        (local.set $low (i64x2.sub (local.get $low) (i64x2.add
          (f64x2.le (local.get $gap) (v128.load offset=32 (local.get $about)))
          (f64x2.lt (local.get $gap) (f64x2.neg (v128.load offset=32 (local.get $about)))))))
        (local.set $mean (f64x2.div (v128.load offset=16 (local.get $resample)) (local.get $by)))
        (v128.store offset=16 (local.get $resample) (local.get $mean))
        (local.set $gap (f64x2.sub (local.get $mean) (v128.load offset=16 (local.get $about))))
        (local.set $high (i64x2.sub (local.get $high) (i64x2.add
          (f64x2.le (local.get $gap) (v128.load offset=48 (local.get $about)))
          (f64x2.lt (local.get $gap) (f64x2.neg (v128.load offset=48 (local.get $about)))))))
        (local.set $resample (i32.add (local.get $resample) (i32.const 32)))
        (br $next)))
    (v128.store offset=64 (local.get $about) (local.get $low))
    (v128.store offset=80 (local.get $about) (local.get $high)))

  ;; Copies one list's means: those below $low from $lows on, and those above $high from $highs on. The 8 bytes from $counts then
  ;; hold the addresses after the last of each.
  (func (export "tails") (param $resample i32) (param $end i32) (param $low f64) (param $high f64)
    (param $lows i32) (param $highs i32) (param $counts i32)
    (local $mean f64)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $resample) (local.get $end)))
        (local.set $mean (f64.load (local.get $resample)))
        (f64.store (local.get $lows) (local.get $mean))
        (local.set $lows (i32.add (local.get $lows)
          (i32.shl (f64.lt (local.get $mean) (local.get $low)) (i32.const 3))))
        (f64.store (local.get $highs) (local.get $mean))
        (local.set $highs (i32.add (local.get $highs)
          (i32.shl (f64.gt (local.get $mean) (local.get $high)) (i32.const 3))))
        (local.set $resample (i32.add (local.get $resample) (i32.const 32)))
        (br $next)))
    (i32.store (local.get $counts) (local.get $lows))
    (i32.store offset=4 (local.get $counts) (local.get $highs))))
